/** A text of SARIF. */
export interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

/** A rule, as SARIF describes it. */
export interface SarifRule {
  readonly id: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
  readonly defaultConfiguration: { readonly level: 'error' | 'warning' | 'note' };
  readonly properties: {
    readonly tags: readonly string[];
    readonly precision: 'very-high';
    /** From 0.1 to 10.0. */
    readonly 'security-severity': string;
  };
}

/** A place in a file. */
export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: 'OUTPUT' };
    readonly region: {
      readonly startLine: number;
      readonly startColumn: 1;
      readonly endLine: number;
      readonly endColumn: number;
    };
  };
}

/** A finding, as SARIF describes it. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: SarifText;
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly suppressions?: ReadonlyArray<{
    readonly kind: 'external';
    readonly status: 'accepted';
    readonly justification: string;
  }>;
}
