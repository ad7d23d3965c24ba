import type { Server } from '../server';

/** Tries each directory from inside. */
const CODE = `
$seen = [];
foreach (array_slice($argv, 1) as $directory) {
    $file = $directory . '/verify-' . getmypid();
    $seen[$directory] = @file_put_contents($file, 'x') === 1;
    @unlink($file);
}
echo json_encode($seen);
`;

/** Whether the runtime user can write a file into each directory. */
export async function tryWrites(server: Server, directories: readonly string[]): Promise<Record<string, boolean>> {
  return JSON.parse(await server.php(CODE, ...directories)) as Record<string, boolean>;
}
