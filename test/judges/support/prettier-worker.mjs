// Formats texts with prettier. It is a process of its own, since prettier and its plugins are ES modules.
// Reads JSON from standard input: { options, texts: [{ parser, text }] }; writes JSON: [{ formatted } or { error }].
import { format } from 'prettier';

let input = '';
for await (const part of process.stdin) input += part;
const { options, texts } = JSON.parse(input);
const answers = await Promise.all(
  texts.map(async ({ parser, text }) => {
    try {
      return { formatted: await format(text, { ...options, parser }) };
    } catch (error) {
      return { error: String(error) };
    }
  }),
);
process.stdout.write(JSON.stringify(answers));
