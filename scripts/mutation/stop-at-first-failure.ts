import { TestEnvironment } from 'jest-environment-node';

/** Of jest-circus, as much as is looked at. */
interface Event {
  readonly name: string;
  readonly test?: { mode?: string };
}

/** Skips what is left when a test has failed: one is enough to kill a mutant. */
class StopAtFirstFailure extends TestEnvironment {
  private failed = false;

  handleTestEvent(event: Event, state: { testNamePattern?: RegExp | null }): void {
    if (event.name === 'run_start' && 'untold' in this.global) {
      // The tests that were to be run are not all there.
      state.testNamePattern = null;
    }
    if (event.name === 'test_start' && event.test && this.failed) {
      event.test.mode = 'skip';
    }
    this.failed ||= event.name === 'test_fn_failure' || event.name === 'hook_failure';
  }
}

export = StopAtFirstFailure;
