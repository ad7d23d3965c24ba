import type { ImageDescription } from './image-description';
import type { Architecture, Download } from '../../catalog';
import type { Instruction, RunCommand, Stage } from '../../model';

/**
 * The stages that fetch and unpack s6-overlay. The last one, `s6-overlay`, holds nothing but its files below
 * `/s6-overlay/`, so that a mirror or a build of one's own can take its place by `--build-context s6-overlay=...`.
 */
export function overlayStages(
  image: ImageDescription,
  architecture: Architecture,
  prepare: readonly RunCommand[],
): Stage[] {
  const { overlay } = image;
  if (!overlay) {
    return [];
  }
  const archives = [overlay.noarch, overlay.arch[architecture]];
  const fetch = ({ file, sha256 }: Download): Instruction => ({
    kind: 'add',
    url: `${overlay.url}/${file}`,
    sha256,
    target: `/tmp/${file}`,
  });
  return [
    {
      name: 's6-overlay-fetch',
      from: { kind: 'stage', name: 'base' },
      instructions: [
        ...(prepare.length > 0 ? [{ kind: 'run' as const, commands: prepare }] : []),
        ...archives.map(fetch),
        {
          kind: 'run',
          commands: [
            { words: ['mkdir', '/s6-overlay'] },
            ...archives.map(({ file }) => ({ words: ['tar', '-C', '/s6-overlay', '-Jxpf', `/tmp/${file}`] })),
          ],
        },
      ],
    },
    {
      name: 's6-overlay',
      from: { kind: 'scratch' },
      instructions: [{ kind: 'copy', from: 's6-overlay-fetch', source: '/s6-overlay/', target: '/s6-overlay/' }],
    },
  ];
}
