import type { ScanSettings } from '../environment';
import { ClairScanner } from './clair';
import { GrypeScanner } from './grype';
import type { Scanner } from './scanner';
import { SnykScanner } from './snyk';
import { TrivyScanner } from './trivy';

/** The scanner that an environment names. */
export function findScanner({ scanner, program }: Pick<ScanSettings, 'scanner' | 'program'>): Scanner {
  switch (scanner) {
    case 'trivy':
      return new TrivyScanner(program);
    case 'grype':
      return new GrypeScanner(program);
    case 'snyk':
      return new SnykScanner(program);
    case 'clair':
      return new ClairScanner(program);
  }
}
