import { z } from 'zod';
import { forbiddenIn } from './plain-text';
import { whyNotADataDirectory } from './reserved-paths';
import { SIZE_PATTERN } from './units';

/** Text that reaches a generated file as a value. */
export const plainText = (allowed = '') =>
  z.string().superRefine((value, context) => {
    const found = forbiddenIn(value, allowed);
    if (found) {
      context.addIssue({
        code: 'custom',
        message: `contains ${found}, which may not stand in a generated file`,
      });
    }
  });

/** An absolute path without `.` and `..`, of characters that need no quoting in any of the generated grammars. */
export const absolutePath = plainText().pipe(
  z.string().regex(/^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._@+-]+)+$/, 'is not an absolute path such as /var/www/html'),
);

/** A directory for data or for the application: not one of the system. */
export const dataDirectory = absolutePath.superRefine((path, context) => {
  const why = whyNotADataDirectory(path);
  if (why) {
    context.addIssue({ code: 'custom', message: `cannot be used: ${why}` });
  }
});

/** A path of a URL that names a PHP file. */
export const entryPoint = plainText().pipe(
  z
    .string()
    .regex(
      /^(?:\/(?!\.)[A-Za-z0-9_-][A-Za-z0-9._-]*)*\/[A-Za-z0-9_-]+\.php$/,
      'is not the path of a PHP file such as /index.php',
    ),
);

/** A host name, with an optional leading `*.`. */
export const serverName = plainText().pipe(
  z
    .string()
    .regex(
      /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      'is not a host name in lower case such as www.example.com or *.example.com',
    ),
);

/** An address or a network in CIDR notation. */
export const network = z
  .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
    error: 'is not an address or a network such as 10.0.0.0/8',
  })
  .refine((text) => !text.endsWith('/0'), 'is every address there is: any client could then say that it is another');

/** A size such as `10M`. */
export const size = plainText().pipe(z.string().regex(SIZE_PATTERN, 'is not a size such as 10M'));

/** Whole seconds, from one to a day. */
export const seconds = z.int().min(1).max(86_400);

/** A TCP port. */
export const port = z.int().min(1).max(65_535);

/** Written into every image beside the runtime user. */
const SYSTEM_ACCOUNTS: readonly string[] = ['nobody', 'nogroup', 'root'];

/** The name of a user or a group. */
export const accountName = z
  .string()
  .regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'is not a user name such as www-data')
  .refine((name) => !SYSTEM_ACCOUNTS.includes(name), 'is an account that every image has already');

/** A number of a user or a group that is not one of the system's own. */
export const accountId = z.int().min(1, 'is root: images run as a user without privileges').max(2_147_483_647);
