import type { HttpAnswer } from '../http';
import type { Subject } from '../subject';

/** Headers that every image sends, whatever it was told. */
const ALWAYS = ['content-security-policy', 'referrer-policy', 'x-content-type-options', 'x-frame-options'];

/** What is wrong with the security headers of an answer: one is missing, said twice, or not as configured. */
export async function securityHeaderProblems(subject: Subject, answer: HttpAnswer): Promise<string[]> {
  const text = await subject.text('/etc/nginx/security-headers.conf');
  const configured = new Map(
    [...text.matchAll(/^\s*add_header\s+(\S+)\s+("(?:[^"\\]|\\.)*"|\S+)\s+always;/gm)].map(([, name, value]) => [
      name!.toLowerCase(),
      value!.replace(/^"|"$/g, ''),
    ]),
  );
  return [...new Set([...ALWAYS, ...configured.keys()])].flatMap((name) => {
    const seen = answer.headers.get(name);
    // A value from a variable, such as that of HSTS, is not known here and may be empty.
    const value = configured.get(name);
    if (value?.startsWith('$')) {
      return [];
    }
    return seen !== undefined && (value === undefined || seen === value) ? [] : [`${name}: ${seen ?? 'missing'}`];
  });
}
