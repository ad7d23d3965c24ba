export { AuditLog, type AuditEntry, type AuditEvent } from './audit-log';
export { LOG_LEVELS, type Logger, type LogLevel } from './logger';
export { Redactor } from './redact';
export { verifyAudit, type AuditVerdict } from './verify-audit';
