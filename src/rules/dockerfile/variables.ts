import { flatMap } from '../../config/flat-map';
import type { ParsedInstruction, ParsedStage } from '../parse/dockerfile';
import type { Finding } from '../rule';
import type { RuleContext } from '../rule-subject';
import { stageFinding } from './stages';

/** Instructions in which BuildKit puts values in the place of variables; in RUN and the like a shell does. */
const EXPANDED = ['ADD', 'COPY', 'ENV', 'EXPOSE', 'FROM', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'];

/** Known in FROM without an ARG. */
const OF_BUILDKIT = /^(?:BUILD|TARGET)(?:ARCH|OS|OSVERSION|PLATFORM|VARIANT)$/;

/** `$NAME`, `${NAME}`; `${NAME:-value}` has a value of its own. */
const VARIABLE = /(\\*)\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?[-+?][^}]*)?\})/g;

/** Variables that nothing has set where they are used. */
export function findUndefined(context: RuleContext): Finding[] {
  const { globals, stages } = context.dockerfile();
  const known = new Map<string, ReadonlySet<string>>();
  const outside = new Set(flatMap(globals, namesOf));
  return flatMap(stages, (stage) => {
    const [findings, names] = readStage(context, stage, known, outside);
    if (stage.name !== undefined) {
      known.set(stage.name.toLowerCase(), names);
    }
    return findings;
  });
}

function readStage(
  context: RuleContext,
  { from, image, instructions }: ParsedStage,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  outside: ReadonlySet<string>,
): [Finding[], ReadonlySet<string>] {
  // An image from elsewhere has a PATH at least; nothing at all has no variable.
  const names = new Set(known.get(image.toLowerCase()) ?? (image === 'scratch' ? [] : ['PATH']));
  const findings = missing(from, (name) => outside.has(name) || OF_BUILDKIT.test(name)).map((name) =>
    stageFinding(context, from, `FROM uses $${name}, which nothing sets`),
  );
  for (const instruction of instructions) {
    const { keyword } = instruction;
    findings.push(
      ...missing(instruction, (name) => names.has(name)).map((name) =>
        stageFinding(context, instruction, `${keyword} uses $${name}, which nothing above sets`),
      ),
    );
    namesOf(instruction).forEach((name) => names.add(name));
  }
  return [findings, names];
}

function missing({ keyword, text, flags }: ParsedInstruction, isKnown: (name: string) => boolean): string[] {
  if (!EXPANDED.includes(keyword)) {
    return [];
  }
  // In single quotes a dollar is a dollar.
  const open = [text.replace(/'[^']*'/g, ''), ...flags.map(({ value }) => value)].join(' ');
  return [...open.matchAll(VARIABLE)]
    .filter(([, escapes, , , otherwise]) => escapes!.length % 2 === 0 && otherwise === undefined)
    .map(([, , plain, braced]) => (plain ?? braced)!)
    .filter((name) => !isKnown(name));
}

function namesOf({ keyword, properties }: ParsedInstruction): string[] {
  return keyword === 'ARG' || keyword === 'ENV' ? properties.map(({ name }) => name) : [];
}
