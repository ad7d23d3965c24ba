import { PUBLIC_TEXT } from '../../application';
import { judge, type Check } from '../../check';

export const staticFiles: Check = {
  id: 'http/static-files',
  expectation: 'files of the document root are served whole with their media types, /.well-known/ included',
  async run(subject) {
    const server = await subject.server();
    const files = { '/style.css': 'text/css', '/.well-known/security.txt': 'text/plain' };
    const problems: string[] = [];
    for (const [path, type] of Object.entries(files)) {
      const { status, headers, text } = await server.request(path);
      const seen = headers.get('content-type') ?? 'no type';
      if (status !== 200 || text !== PUBLIC_TEXT || !seen.startsWith(type)) {
        problems.push(`${path} answers ${status}, ${seen}, ${text.length} of ${PUBLIC_TEXT.length} bytes`);
      }
    }
    return judge(
      problems,
      Object.entries(files)
        .map((file) => file.join(' '))
        .join(', '),
    );
  },
};
