import type { z } from 'zod';
import type { grantSchema } from './grant-schema';

/** Functions of PHP that start programs, load code or change the process. A web request has none of them by default. */
export const PROCESS_FUNCTIONS = [
  'dl',
  'exec',
  'passthru',
  'pcntl_alarm',
  'pcntl_async_signals',
  'pcntl_errno',
  'pcntl_exec',
  'pcntl_fork',
  'pcntl_forkx',
  'pcntl_get_last_error',
  'pcntl_getcpu',
  'pcntl_getcpuaffinity',
  'pcntl_getpriority',
  'pcntl_getqos_class',
  'pcntl_rfork',
  'pcntl_setcpuaffinity',
  'pcntl_setns',
  'pcntl_setpriority',
  'pcntl_setqos_class',
  'pcntl_signal',
  'pcntl_signal_dispatch',
  'pcntl_signal_get_handler',
  'pcntl_sigprocmask',
  'pcntl_sigtimedwait',
  'pcntl_sigwaitinfo',
  'pcntl_strerror',
  'pcntl_unshare',
  'pcntl_wait',
  'pcntl_waitid',
  'pcntl_waitpid',
  'pcntl_wexitstatus',
  'pcntl_wifcontinued',
  'pcntl_wifexited',
  'pcntl_wifsignaled',
  'pcntl_wifstopped',
  'pcntl_wstopsig',
  'pcntl_wtermsig',
  'popen',
  'proc_close',
  'proc_get_status',
  'proc_nice',
  'proc_open',
  'proc_terminate',
  'putenv',
  'shell_exec',
  'system',
] as const;

/** Settings that a grant leaves to PHP's own default and to the application, and the value that they have without. */
export const GRANTABLE_SETTINGS = { allow_url_fopen: false, 'session.cookie_secure': true } as const;

/** A bound that was moved. */
export type Grant = z.output<typeof grantSchema>;
