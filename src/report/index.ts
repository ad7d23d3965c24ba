export { ComplianceReport } from './compliance-report';
export { COMPLIANCE_SCHEMA_ID, complianceSchema, type Compliance } from './compliance-schema';
export type * from './reported-image';
