/** What kind of thing went wrong. */
export type ErrorType =
  | 'CONFIG_LOAD_ERROR'
  | 'VALIDATION_ERROR'
  | 'TEMPLATE_ERROR'
  | 'FILE_WRITE_ERROR'
  | 'SECURITY_ERROR'
  | 'DOCKER_ERROR'
  | 'REGISTRY_ERROR';

/** Exit status of the command for each type. 1 is drift found by `--check`, 2 a wrong use of the command line. */
export const EXIT_STATUS: Readonly<Record<ErrorType, number>> = {
  CONFIG_LOAD_ERROR: 10,
  VALIDATION_ERROR: 11,
  TEMPLATE_ERROR: 12,
  FILE_WRITE_ERROR: 13,
  SECURITY_ERROR: 14,
  DOCKER_ERROR: 15,
  REGISTRY_ERROR: 16,
};
