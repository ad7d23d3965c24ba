import { ImageConstruct, type ImageApp } from '../../src';

/**
 * The fleet of a large company, for measurements: FLEET images, no two alike. PHP, platform, limits, host names,
 * extensions, volumes, supervisor and TLS vary as those of real applications do.
 */
const FLEET = Number(process.env.FLEET ?? 100);

const TARGETS = ['8.1', '8.2', '8.3', '8.4', '8.5'].flatMap((php) =>
  ['alpine', 'debian', 'ubuntu'].map((platform) => ({ php, platform })),
);

const EXTENSIONS = ['ctype', 'curl', 'dom', 'fileinfo', 'iconv', 'json', 'mbstring', 'opcache', 'openssl', 'session'];
const OTHERS = ['bcmath', 'exif', 'gd', 'intl', 'pdo', 'pdo_mysql', 'pdo_pgsql', 'redis', 'simplexml', 'xml', 'zip'];

export default function fleet(app: ImageApp): void {
  for (let index = 0; index < FLEET; index++) {
    const { php, platform } = TARGETS[index % TARGETS.length]!;
    const timeout = 10 + (index % 50);
    const upload = 2 + (index % 30);
    const workers = 4 + (index % 37);
    new ImageConstruct(app, `team-${index % 40}-service-${String(index).padStart(5, '0')}`, {
      platform,
      php: {
        version: php,
        extensions: [...EXTENSIONS, ...OTHERS.filter((_, place) => (index >> place) % 2 === 1)],
        memoryLimit: `${64 + 32 * (index % 9)}M`,
        maxExecutionTime: timeout,
        uploadMaxFilesize: `${upload}M`,
        postMaxSize: `${upload + 2}M`,
        ini: index % 3 === 0 ? { 'session.gc_maxlifetime': 600 + (index % 1000) } : {},
        fpm: { maxChildren: workers, requestTimeout: timeout + 5 },
      },
      nginx: {
        serverNames: [`service-${index}.example.com`, ...(index % 4 === 0 ? [`www-${index}.example.com`] : [])],
        clientMaxBodySize: `${upload + 1}M`,
        requestTimeout: timeout + 10,
        workerConnections: 512 + 256 * (index % 7),
        trustedProxies: index % 5 === 0 ? [`10.${index % 256}.0.0/16`] : [],
        staticMaxAge: index % 6 === 0 ? 3600 + index : null,
        tls: index % 10 === 0 ? { certificate: '/run/secrets/tls.crt', key: '/run/secrets/tls.key', port: 8443 } : null,
      },
      volumes: index % 8 === 0 ? ['/data', `/var/lib/service-${index}`, '/var/lib/php/sessions'] : undefined,
    });
  }
}
