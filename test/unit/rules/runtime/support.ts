import { seccompText } from '../../../../src/deploy';
import type { ImageFacts } from '../../../../src/rules/image-facts';
import { foundInImage } from '../written';

/** Files of an image by their paths; those that a test is not about are sound. */
export type Files = Readonly<Record<string, string>>;

/** Something that a person wrote, and parts of what a rule says of it, one for each finding. */
export type Row = readonly [story: string, files: Files, says: readonly string[]];

/** Something that a rule has nothing against. */
export type SoundRow = readonly [story: string, files: Files];

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** A compose file of one service of no other settings. */
export function service(settings: string, beside = ''): string {
  return `services:\n  web:\n${indented(settings, 4)}\n${beside}\n`;
}

/** Manifests of one pod of one container, of no other settings. */
export function pod(container: string, spec = ''): string {
  return `kind: Pod\nspec:\n${indented(spec, 2)}\n  containers:\n    - name: web\n${indented(container, 6)}\n`;
}

/** compose.yaml of such a service. */
export const run = (settings: string, beside?: string): Files => ({ 'compose.yaml': service(settings, beside) });

/** A file over compose.yaml. */
export const overlay = (settings: string): Files => ({ 'compose.dev.yaml': service(settings) });

/** kubernetes.yaml of such a pod. */
export const cluster = (container: string, spec?: string): Files => ({ 'kubernetes.yaml': pod(container, spec) });

const SOUND: Files = {
  ...run(`
cap_drop: [ALL]
read_only: true
restart: 'no'
security_opt: ['no-new-privileges:true', seccomp=./seccomp.json]
volumes: ['data:/srv/uploads']`),
  ...cluster(
    `
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
resources: { limits: { memory: 1Gi, cpu: '1' } }
volumeMounts: [{ name: data, mountPath: /srv/uploads }]`,
    'securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }',
  ),
  'seccomp.json': seccompText([]),
};

/** What a rule finds in files by which an image is run: `compose.yaml: the service web: privileged is true`. */
export function foundInRun(id: string, files: Files, facts?: Partial<ImageFacts>): string[] {
  return foundInImage(id, { ...SOUND, ...files }, facts);
}
