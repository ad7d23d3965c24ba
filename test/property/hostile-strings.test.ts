import fc from 'fast-check';
import { hostileText } from './configurations';
import { attempt, instructionsOf, isClear, nginxDirectives, variablesOf } from './judge';
import {
  DockerfileGeneratorError,
  ImageConstruct,
  Testing,
  type ImagePart,
  type ImageProps,
  type StopSignal,
} from '../../src';
import { OwnPart } from '../unit/image/support';

/** A place that text can be put into: by an option, or by a construct of one's own. */
interface Place {
  readonly benign: string;
  readonly props?: (text: string) => object;
  readonly contribute?: (part: ImagePart, text: string) => void;
}

const COMMAND = ['/bin/true'];

const PLACES: Readonly<Record<string, Place>> = {
  platform: { benign: 'debian', props: (platform) => ({ platform }) },
  release: { benign: 'trixie', props: (release) => ({ release }) },
  architecture: { benign: 'amd64', props: (architecture) => ({ architectures: [architecture] }) },
  php: { benign: '8.4', props: (php) => ({ php }) },
  extension: { benign: 'curl', props: (extension) => ({ php: { version: '8.4', extensions: [extension] } }) },
  timezone: { benign: 'UTC', props: (timezone) => ({ php: { version: '8.4', timezone } }) },
  memoryLimit: { benign: '1G', props: (memoryLimit) => ({ php: { version: '8.4', memoryLimit } }) },
  iniValue: { benign: 'x', props: (text) => ({ php: { version: '8.4', ini: { 'a.b': text } } }) },
  iniName: { benign: 'a.b', props: (text) => ({ php: { version: '8.4', ini: { [text]: 1 } } }) },
  serverName: { benign: 'www.example.com', props: (name) => ({ nginx: { serverNames: [name] } }) },
  headerValue: { benign: 'x', props: (text) => ({ nginx: { headers: { 'X-Mine': text } } }) },
  headerName: { benign: 'X-Mine', props: (text) => ({ nginx: { headers: { [text]: 'x' } } }) },
  documentRoot: { benign: '/srv', props: (documentRoot) => ({ nginx: { documentRoot } }) },
  entryPoint: { benign: '/index.php', props: (text) => ({ nginx: { entryPoints: [text] } }) },
  trustedProxy: { benign: '10.0.0.0/8', props: (text) => ({ nginx: { trustedProxies: [text] } }) },
  bodySize: { benign: '1M', props: (clientMaxBodySize) => ({ nginx: { clientMaxBodySize } }) },
  certificate: {
    benign: '/tls',
    props: (text) => ({ nginx: { tls: { certificate: text, key: '/key', port: 8443 } } }),
  },
  user: { benign: 'app', props: (user) => ({ security: { user } }) },
  capability: { benign: '', props: (text) => ({ security: { capabilities: text === '' ? [] : [text] } }) },
  volume: { benign: '/data', props: (text) => ({ volumes: [text] }) },
  option: { benign: 'volumes', props: (text) => ({ [text]: [] }) },
  package: { benign: 'imagemagick', contribute: (part, text) => part.addPackage(text) },
  environmentName: { benign: 'OWN', contribute: (part, text) => part.addEnvironment(text, 'x') },
  environmentValue: { benign: 'x', contribute: (part, text) => part.addEnvironment('OWN', text) },
  fileTarget: { benign: '/etc/own', contribute: (part, target) => part.addFile({ target, content: '' }) },
  fileContent: { benign: 'x', contribute: (part, content) => part.addFile({ target: '/etc/own', content }) },
  writablePath: {
    benign: '/own',
    contribute: (part, path) => part.addWritablePath({ path, kind: 'volume', exec: false, mode: '0770', purpose: 'x' }),
  },
  writableMode: {
    benign: '0770',
    contribute: (part, mode) => part.addWritablePath({ path: '/own', kind: 'volume', exec: false, mode, purpose: 'x' }),
  },
  stepName: { benign: 'own', contribute: (part, name) => part.addBuildStep({ name, script: '' }) },
  stepScript: { benign: 'true', contribute: (part, script) => part.addBuildStep({ name: 'own', script }) },
  serviceName: { benign: 'own', contribute: (part, name) => part.addLongRun({ name, command: COMMAND }) },
  serviceWord: {
    benign: 'x',
    contribute: (part, text) => part.addLongRun({ name: 'own', command: ['/bin/true', text] }),
  },
  serviceProgram: {
    benign: '/bin/true',
    contribute: (part, text) => part.addLongRun({ name: 'own', command: [text] }),
  },
  serviceDependency: {
    benign: 'nginx',
    contribute: (part, text) => part.addLongRun({ name: 'own', command: COMMAND, dependsOn: [text] }),
  },
  serviceEnvironment: {
    benign: 'x',
    contribute: (part, text) => part.addLongRun({ name: 'own', command: COMMAND, environment: { OWN: text } }),
  },
  serviceReadiness: {
    benign: 'x',
    contribute: (part, text) => part.addLongRun({ name: 'own', command: COMMAND, readiness: [text] }),
  },
  serviceSignal: {
    benign: 'SIGTERM',
    contribute: (part, text) => part.addLongRun({ name: 'own', command: COMMAND, stopSignal: text as StopSignal }),
  },
  oneShotWord: {
    benign: 'x',
    contribute: (part, text) => part.addOneShot({ name: 'own', command: ['/bin/true', text] }),
  },
};

function appWith(place: Place, text: string, source: 'overlay' | 'distribution') {
  const app = Testing.app();
  const base = { php: '8.4', platform: 'debian', architectures: ['amd64'], s6: { source } };
  const image = new ImageConstruct(app, 'shop', { ...base, ...place.props?.(text) } as ImageProps);
  new OwnPart(image, 'own', (part) => place.contribute?.(part, text));
  return app;
}

/** What must be the same whatever the text says: instructions, directives of nginx, lines of the script, paths. */
function shapeOf(app: ReturnType<typeof Testing.app>, own?: string) {
  const result = attempt(app);
  if (result instanceof DockerfileGeneratorError) {
    return result;
  }
  const context = `shop/${Object.keys(result.manifest.images.shop!.architectures)[0]}`;
  const lines = (file: string) => result.file(`${context}/${file}`).split(/[\n\r\u2028\u2029]/).length;
  return {
    dockerfile: instructionsOf(result.file(`${context}/Dockerfile`)).map((keyword) =>
      keyword.replace(/^FROM \S+:.*/, 'FROM base'),
    ),
    // The one variable that text may name stands for its benign twin.
    variables: variablesOf(result.file(`${context}/Dockerfile`))
      .map((variable) => (variable === own ? 'OWN' : variable))
      .sort(),
    nginx: ['nginx.conf', 'config/security-headers.conf'].map(
      (file) => nginxDirectives(result.file(`${context}/${file}`)).length,
    ),
    ini: ['php-fpm.conf', 'config/php.ini', 'config/php-cli.ini'].map(lines),
    assemble: lines('scripts/assemble.sh'),
    inside: result.paths.every(
      (path) => (path.startsWith('shop/') && !path.split('/').includes('..')) || BESIDE.includes(path),
    ),
  };
}

/** Files about all images, beside the manifest. */
const BESIDE = ['compliance.json', 'compliance.sarif', 'docker-bake.json', 'index.html'];

/** Places in which more or less may stand by right: another platform has other stages, an image without headers others. */
const OTHER_SHAPE = [
  'platform',
  'release',
  'php',
  'headerName',
  'fileTarget',
  'option',
  'serviceDependency',
  'extension',
  'architecture',
];

test.each(Object.keys(PLACES))('no text in the place %s means more than itself', (name) => {
  const place = PLACES[name]!;
  const shapes = {
    overlay: shapeOf(appWith(place, place.benign, 'overlay')),
    distribution: shapeOf(appWith(place, place.benign, 'distribution')),
  };
  expect(shapes.overlay).not.toBeInstanceOf(DockerfileGeneratorError);
  fc.assert(
    fc.property(hostileText, fc.constantFrom('overlay' as const, 'distribution' as const), (text, source) => {
      // A record of settings drops this key (unit/config/layers says that it does no harm).
      fc.pre(text !== '__proto__' || name !== 'iniName');
      const shape = shapeOf(appWith(place, text, source), name === 'environmentName' ? text : undefined);
      if (shape instanceof DockerfileGeneratorError) {
        expect(isClear(shape, 'shop')).toBe(true);
      } else if (!OTHER_SHAPE.includes(name)) {
        expect(shape).toEqual(shapes[source]);
      } else {
        expect(shape.inside).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
