import { applicationFiles } from './support/applications';
import { describeWithJudge } from './support/judge';
import { distinct, outputFiles, ROOT } from './support/output';

/** The part of dockerfile-utils that judges. */
interface DockerfileUtils {
  validate(
    content: string,
    settings?: object,
  ): ReadonlyArray<{ readonly message: string; readonly range: { readonly start: { readonly line: number } } }>;
}

/** dockerfile-utils of this project, or of the directory that DOCKERFILE_UTILS_DIR names. */
function findUtils(): DockerfileUtils | undefined {
  try {
    const path = require.resolve('dockerfile-utils', { paths: [ROOT, process.env.DOCKERFILE_UTILS_DIR ?? ROOT] });
    return jest.requireActual<DockerfileUtils>(path);
  } catch {
    return undefined;
  }
}

/** Nothing is left at its default of silence. */
const SETTINGS = {
  deprecatedMaintainer: 2,
  directiveCasing: 2,
  emptyContinuationLine: 2,
  instructionCasing: 2,
  instructionCmdMultiple: 2,
  instructionEntrypointMultiple: 2,
  instructionHealthcheckMultiple: 2,
  instructionJSONInSingleQuotes: 2,
  instructionWorkdirRelative: 2,
};

const utils = findUtils();
const dockerfiles = distinct([...outputFiles(/\/Dockerfile$/), ...applicationFiles(/\/Dockerfile$/)]);

function findings(text: string): string[] {
  return utils!.validate(text, SETTINGS).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
}

describeWithJudge(
  'dockerfile-utils',
  utils ? undefined : 'dockerfile-utils is not installed: npm install --save-dev dockerfile-utils',
  () => {
    it.each(dockerfiles.map(({ places, text }) => [places[0]!, text]))('has no finding on %s', (_, text) => {
      expect(findings(text!)).toEqual([]);
    });

    it('has findings on a Dockerfile that is wrong', () => {
      expect(findings('FROM scratch\nWORKDIR here\nEXPOSE many\n')).toHaveLength(2);
      expect(findings('FROM scratch\nrun a\n\n\n')).not.toEqual([]);
    });
  },
);

describe("BuildKit's own checks", () => {
  it.each(dockerfiles.map(({ places, text }) => [places[0]!, text]))(
    'are asked for by the first line of %s',
    (_, text) => {
      expect(text!.split('\n')[0]).toBe('# check=error=true');
    },
  );

  it('are asked for by a Dockerfile of every context', () => {
    const count = dockerfiles.flatMap(({ places }) => places).length;
    const contexts = [...outputFiles(/\/nginx\.conf$/), ...applicationFiles(/\/nginx\.conf$/)];
    expect(count).toBe(contexts.length);
  });
});
