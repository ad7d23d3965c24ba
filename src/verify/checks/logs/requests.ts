import { judge, type Check } from '../../check';
import { NASTY, requestLog } from '../request-log';

const FIELDS = ['time', 'remote_addr', 'method', 'uri', 'status', 'bytes', 'duration', 'user_agent'];

export const requests: Check = {
  id: 'logs/requests',
  expectation: 'stdout has one line of JSON for each request, and nothing else',
  async run(subject) {
    const { lines, nasty } = await requestLog(subject);
    // What runs beside the server writes there as well.
    const others = (subject.image.services ?? []).filter(({ kind }) => kind === 'longrun').length > 0;
    const bad = others ? [] : lines.filter((line) => parse(line) === undefined);
    const found = lines
      .filter((line) => line.includes(nasty))
      .map(parse)
      .filter((entry) => entry !== undefined);
    return judge(
      [
        ...bad.map((line) => `no JSON: ${line.slice(0, 200)}`),
        ...(found.length === 1 ? [] : [`one request has ${found.length} lines`]),
        ...found.flatMap((entry) =>
          FIELDS.filter((field) => entry[field] === undefined).map((field) => `no field ${field}`),
        ),
        ...found
          .filter((entry) => entry.user_agent !== NASTY)
          .map((entry) => `the user agent is logged as ${String(entry.user_agent)}`),
      ],
      `${lines.length} lines, every one JSON with ${FIELDS.join(', ')}`,
    );
  },
};

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
