import { outputFiles } from './output';
import { ImageConstruct, Testing, type ImageProps } from '../../../src';

/** Images that are run in other ways than those of the reference matrix. */
const VARIANTS: Readonly<Record<string, Partial<ImageProps>>> = {
  'no-volumes': { volumes: [] },
  tls: {
    nginx: { tls: { certificate: '/run/secrets/tls.crt', key: '/run/secrets/tls.key', port: 8443 } },
    s6: { source: 'overlay' },
  },
  account: { security: { uid: 20_002, gid: 20_003 }, volumes: ['/data', '/srv/a_b', '/srv/A-b'] },
  '1.large_x': {
    nginx: { clientMaxBodySize: '1G', workerProcesses: 300, workerConnections: 8192 },
    php: {
      version: '8.4',
      postMaxSize: '1G',
      memoryLimit: '1G',
      extensions: ['sysvmsg', 'sysvsem', 'sysvshm'],
      fpm: { processManager: 'static', maxChildren: 50 },
    },
    s6: { crontab: [{ name: 'tick', schedule: '* * * * *', command: ['/usr/bin/php', '-v'] }] },
  },
};

/** The files of the variants, by path. */
export function variantFiles(): Array<[path: string, text: string]> {
  const app = Testing.app();
  for (const [name, props] of Object.entries(VARIANTS)) {
    new ImageConstruct(app, name, { php: '8.4', platform: 'debian', architectures: ['amd64'], ...props });
  }
  const { paths, file } = Testing.synth(app);
  return paths.map((path) => [path, file(path)]);
}

/** Every directory of an image that is run: those of the reference matrix and of the variants. */
export function deployments(): Array<[image: string, files: ReadonlyMap<string, string>]> {
  const images = new Map<string, Map<string, string>>();
  for (const [path, text] of [...outputFiles(/^[^/]+\/[^/]+$|kustomization\.yaml$/), ...variantFiles()]) {
    const [image, ...rest] = path.split('/');
    images.set(image!, (images.get(image!) ?? new Map<string, string>()).set(rest.join('/'), text));
  }
  return [...images].filter(([, files]) => files.has('compose.yaml'));
}
