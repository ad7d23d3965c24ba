/** A room, or a part of one, that is mutated, and the tests that are to tell. */
export interface Room {
  readonly name: string;
  /** Below `src`: files that are mutated. */
  readonly sources: readonly string[];
  /** Of those files, the ones that another room has. */
  readonly except?: readonly string[];
  /** Below `test/unit`: folders, or files without their ending. */
  readonly tests: readonly string[];
  /** Tests of those folders that start processes, or take seconds: what they kill, others must kill too. */
  readonly slow?: readonly string[];
  /** Of the hardening rules, the packs that are asked alone: their cases are told by their rules, and by no others. */
  readonly packs?: readonly string[];
}

function rules(folder: string, packs: readonly string[], ...tests: readonly string[]): Room {
  return {
    name: `rules-${folder}`,
    sources: [`rules/${folder}/**/*.ts`],
    tests: ['rules/hardening-rules', ...tests],
    packs,
  };
}

/** Modules of `synth` that write it, and that know what is there. */
const WRITING = [
  'cache-file',
  'early-*',
  'image-slots',
  'is-dead',
  'large-file',
  'last-synthesis',
  'manifest-file',
  'output-*',
  'spool',
  'staged-directory',
  'text-batches',
  'tree-fingerprint',
  'unchanged-output',
  'write-*',
].map((module) => `synth/${module}.ts`);

/** Tests of `synth` that start processes. */
const PROCESSES = ['interrupted', 'concurrent', 'determinism', 'rooms', 'prebuilt', 'file-systems', 'planted'];

/** Its tests that tell of the one part alone, for the most part, and take long. */
const OF_RENDERING = ['bake-file', 'config-cache', 'input-lock', 'schemas', 'validate-tree', 'warnings'];
const OF_WRITING = ['early-output', 'image-slots', 'obstacles', 'spool', 'staged-directory', 'unchanged-output'];

/** Both parts: no rule is asked. */
const SYNTH = { tests: ['synth'], packs: [] };

/** Rooms that are mutated, the smallest first. */
export const ROOMS: readonly Room[] = [
  { name: 'aspects', sources: ['aspects/**/*.ts'], tests: ['aspects'] },
  { name: 'plan', sources: ['publish/plan/**/*.ts'], tests: ['publish/plan', 'publish/rules'] },
  { name: 'model', sources: ['model/**/*.ts'], tests: ['model'] },
  { name: 'synth-render', sources: ['synth/**/*.ts'], except: WRITING, slow: [...PROCESSES, ...OF_WRITING], ...SYNTH },
  { name: 'synth-write', sources: WRITING, slow: [...PROCESSES, ...OF_RENDERING], ...SYNTH },
  rules('supply-chain', ['supplyChain'], 'rules/supply-chain', 'rules/false-alarms'),
  rules('php', ['php', 'nginx'], 'rules/sound-servers'),
  rules('image', ['image', 'supplyChain', 'dockerfile'], 'rules/false-alarms', 'rules/image-warnings', 'rules/image'),
  rules('supervisor', ['supervisor'], 'rules/supervisor'),
  rules('nginx', ['nginx', 'php'], 'rules/sound-servers', 'rules/nginx'),
  rules('dockerfile', ['dockerfile'], 'rules/dockerfile', 'rules/false-alarms'),
  rules('runtime', ['runtime'], 'rules/runtime'),
  {
    name: 'rules-parse',
    sources: ['rules/parse/**/*.ts'],
    tests: ['rules/parse', 'rules/dockerfile', 'rules/nginx', 'rules/supervisor/script-lines'],
    packs: ['dockerfile'],
  },
  {
    name: 'rules-core',
    sources: ['rules/*.ts'],
    tests: ['assessment', 'distinct-contexts', 'evaluate', 'folded-subject', 'parsed-texts', 'rule-subject'].map(
      (name) => `rules/${name}`,
    ),
  },
];
