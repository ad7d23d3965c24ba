export { AuditLog, type AuditEvent } from './audit-log';
export { Redactor } from './redact';
export { verifyAudit } from './verify-audit';
