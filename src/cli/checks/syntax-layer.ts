import { combined, skipped, type Check } from './check';
import type { CheckedTree } from './checked-tree';
import { judgeData } from './syntax/data';
import { judgeDockerfiles } from './syntax/dockerfile';
import { judgeNginx } from './syntax/nginx';
import { judgePhp } from './syntax/php';
import { judgeSupervisor } from './syntax/supervisor';

const JUDGES = [judgeDockerfiles, judgeNginx, judgePhp, judgeSupervisor, judgeData];

/** Layer 4: every generated file is read by another program than the one that wrote it. */
export function syntaxLayer(tree: CheckedTree): Check {
  if (!tree.assembly) {
    return skipped('syntax', 'nothing is rendered while a layer above fails');
  }
  return combined(
    'syntax',
    `${tree.files.length} files`,
    JUDGES.map((judge) => judge(tree)),
  );
}
