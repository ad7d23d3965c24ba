import type { Construct } from 'constructs';
import { ImagePart } from 'projen-nginx-php';
import { TEAM } from './acme-rules';

/** Who owns an image. */
export interface AcmeAgentProps {
  /** Name of the team. */
  readonly team: string;
  /**
   * Seconds between two reports.
   *
   * @default 60
   */
  readonly interval?: number;
}

/** Says every minute, as a line of JSON, that the container is there; a service of its own beside nginx and PHP-FPM. */
export class AcmeAgent extends ImagePart {
  constructor(scope: Construct, id: string, { team, interval = 60 }: AcmeAgentProps) {
    super(scope, id);
    this.addEnvironment(TEAM, team);
    this.addFile({ target: '/usr/local/lib/acme-agent.php', content: AGENT });
    this.addLongRun({
      name: 'acme-agent',
      command: ['/usr/bin/php', '/usr/local/lib/acme-agent.php'],
      environment: { ACME_INTERVAL: String(interval) },
      dependsOn: ['php-fpm'],
    });
  }
}

const AGENT = `<?php
while (true) {
    echo json_encode(['agent' => 'acme', 'team' => getenv('ACME_TEAM'), 'load' => sys_getloadavg()[0]]), PHP_EOL;
    sleep((int) getenv('ACME_INTERVAL'));
}
`;
