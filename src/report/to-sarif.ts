/** Text of a SARIF 2.1.0 file with one run. */
export function toSarif(run: object): string {
  const sarif = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}
