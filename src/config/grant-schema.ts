import { z } from 'zod';
import { plainText } from './fields';
import { GRANTABLE_SETTINGS, PROCESS_FUNCTIONS } from './grants';

const reason = plainText("'").pipe(
  z.string().min(10, 'is too short: say in a clause what it is for').max(300, 'is longer than 300 characters'),
);

/** A bound of a hardening rule that is moved for the web server, with the reason. */
export const grantSchema = z.union(
  [
    z.strictObject({
      /** A function that a web request may call all the same: `proc_open`. */
      function: z.enum(PROCESS_FUNCTIONS),
      /** Why, in a clause; it stands in the report. */
      reason,
    }),
    z.strictObject({
      /** A setting that is not fixed: PHP's own default holds, and the application may change it where PHP lets it. */
      setting: z.enum(Object.keys(GRANTABLE_SETTINGS) as [keyof typeof GRANTABLE_SETTINGS]),
      /** Why, in a clause; it stands in the report. */
      reason,
    }),
  ],
  {
    error:
      'is no grant such as { function: "proc_open", reason: "..." }: of the functions only those that start programs, ' +
      `of the settings only ${Object.keys(GRANTABLE_SETTINGS).join(' and ')} can be granted, each with a reason of at least 10 characters`,
  },
);
