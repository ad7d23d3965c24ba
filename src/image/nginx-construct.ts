import type { Construct } from 'constructs';
import { plainFile, renderNginx, type ContextFile } from '../model';
import { healthcheckScript, listeningScript } from './healthcheck';
import { ImageConstruct } from './image-construct';
import { ImagePart } from './image-part';
import { fastcgiParams, nginxConfig, nginxContext, securityHeaders } from './nginx';
import { PATHS } from './paths';

/** nginx: a server for the application, and one on loopback for the status pages. */
export class NginxConstruct extends ImagePart {
  private readonly image: ImageConstruct;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.image = ImageConstruct.of(this);
    const { nginx } = this.image.config;
    if (nginx.brotli && this.image.target.release.nginx.brotli.length === 0) {
      this.addProblem({
        what: `${this.image.platform.name} ${this.image.target.release.name} does not package brotli for nginx`,
        next: 'set nginx.brotli to false, or choose a release that packages it',
      });
    }
    this.addPort(nginx.port);
    if (nginx.tls) {
      this.addPort(nginx.tls.port);
    }
    this.addLongRun({
      name: 'nginx',
      command: [PATHS.nginx, '-c', PATHS.nginxConfig],
      dependsOn: ['php-fpm'],
      readiness: [PATHS.php, '-n', PATHS.listening],
      stopSignal: 'SIGQUIT',
    });
  }

  override renderFiles(): readonly ContextFile[] {
    const context = nginxContext(this.image);
    return [
      plainFile('config/fastcgi.conf', PATHS.fastcgiParams, renderNginx(fastcgiParams())),
      plainFile('config/security-headers.conf', PATHS.securityHeaders, renderNginx(securityHeaders(context))),
      plainFile('nginx.conf', PATHS.nginxConfig, renderNginx(nginxConfig(context))),
      plainFile('scripts/healthcheck.php', PATHS.healthcheck, healthcheckScript(this.image.config.nginx.port)),
      plainFile('scripts/listening.php', PATHS.listening, listeningScript(this.image.config.nginx.port)),
    ];
  }
}
