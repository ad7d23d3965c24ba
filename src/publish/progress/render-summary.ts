import { showDuration } from './duration';
import type { Receipt } from '../state/receipt';

const COLUMNS = ['IMAGE', 'ARCH', 'RESULT', 'VERIFIED', 'ATTESTED', 'DIGEST'] as const;

/** What a publish did, as a table and a few lines. */
export function renderSummary(receipt: Receipt): string {
  const rows = Object.entries(receipt.images).flatMap(([name, { architectures }]) =>
    Object.entries(architectures).map(([arch, item]) => [
      name,
      arch,
      item.built ? 'built' : 'kept',
      item.verification?.mode ?? (item.verified ? 'earlier' : 'no'),
      [...new Set(item.attested.map(predicateName))].join(', ') || 'nothing',
      item.digest.slice('sha256:'.length, 19),
    ]),
  );
  const tags = Object.values(receipt.images).flatMap(({ destinations }) =>
    Object.entries(destinations).flatMap(([destination, { tags: digests, signed }]) =>
      Object.entries(digests).map(
        ([tag, digest]) => `${destination}:${tag} -> ${digest.slice(0, 19)}${signed ? ', signed' : ''}`,
      ),
    ),
  );
  const done = receipt.steps.filter(({ status }) => status === 'done').length;
  const failed = receipt.failures.length;
  const head = `${done} of ${receipt.steps.length} steps in ${showDuration(receipt.duration)}${failed > 0 ? `, ${failed} failed` : ''}`;
  return [
    ...(rows.length > 0 ? [table([COLUMNS, ...rows])] : []),
    ...tags,
    ...notAttested(receipt),
    ...receipt.notes.map((note) => `note: ${note}`),
    head,
    '',
  ].join('\n');
}

/** What could not be attested, each reason once: it is mostly that of the builder, and the same for all. */
function notAttested({ images }: Receipt): string[] {
  const all = Object.entries(images).flatMap(([name, { architectures }]) =>
    Object.entries(architectures).map(([arch, item]) => ({ key: `${name}/${arch}`, reasons: item.notAttested })),
  );
  return [...new Set(all.flatMap(({ reasons }) => reasons))].map((reason) => {
    const keys = all.filter(({ reasons }) => reasons.includes(reason)).map(({ key }) => key);
    const which = keys.length < all.length || keys.length === 1 ? keys.join(', ') : `all ${keys.length} images`;
    return `not attested: ${which}: ${reason}`;
  });
}

function predicateName(predicate: string): string {
  return predicate.includes('spdx') ? 'SBOM' : predicate.includes('provenance') ? 'provenance' : predicate;
}

function table(rows: ReadonlyArray<readonly string[]>): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
