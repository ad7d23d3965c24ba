/** All that the program that is killed loads. */
export { assemble, DockerfileGeneratorError } from '../../../../src';
export { writeOutput } from '../../../../src/synth/write-output';
export { appOf, type Tree } from './tree';
