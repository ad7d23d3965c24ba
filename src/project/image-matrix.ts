import { spawnSync } from 'node:child_process';
import { Component, javascript, type Project, type Task } from 'projen';
import { COMMAND_TASKS } from './command-tasks';
import { TASK_ENVIRONMENT } from './task-environment';

/** Options of an image matrix. */
export interface ImageMatrixOptions {
  /**
   * Command that synthesizes.
   *
   * @default 'dockerfile-generator synth'
   */
  readonly command?: string;
  /**
   * Directory of the output, relative to the project.
   *
   * @default 'output'
   */
  readonly outdir?: string;
  /**
   * Whether a synthesis ends with a status of its own when the makers of a PHP or a base give no fixes any more, by the
   * clock of the machine that synthesizes. The files are the same, and written, either way.
   *
   * @default false
   */
  readonly failOnEndOfLife?: boolean;
}

/**
 * Images in a projen project: the task `synth`, which runs the module with the images alone, the same synthesis at the
 * end of every `npx projen`, and each other command as a task (`npx projen validate:config -- --json`).
 */
export class ImageMatrix extends Component {
  readonly synthTask: Task;

  private readonly command: string;

  constructor(project: Project, options: ImageMatrixOptions = {}) {
    super(project);
    const outdir = options.outdir ?? 'output';
    const flags = options.failOnEndOfLife ? ' --fail-on-end-of-life' : '';
    this.command = `${options.command ?? 'dockerfile-generator synth'} --output ${outdir}${flags}`;
    this.synthTask = project.addTask('synth', {
      description: 'Write the build contexts of the images (--check: write nothing, exit 1 on drift)',
      env: TASK_ENVIRONMENT,
      exec: this.command,
      receiveArgs: true,
    });
    this.addCommandTasks((options.command ?? 'dockerfile-generator synth').replace(/ synth\b.*$/, ''));
    project.annotateGenerated(`/${outdir}/**`);
    // What publish remembers between runs is of one machine.
    project.addGitIgnore('/.publish/');
  }

  /** Tasks that the project has already are left as they are. */
  private addCommandTasks(program: string): void {
    for (const [name, description] of Object.entries(COMMAND_TASKS)) {
      if (!this.project.tasks.tryFind(name)) {
        this.project.addTask(name, {
          description,
          env: TASK_ENVIRONMENT,
          exec: `${program} ${name}`,
          receiveArgs: true,
        });
      }
    }
    // projen makes a script of each task, and npm runs one called publish after `npm publish`.
    if (this.project instanceof javascript.NodeProject) {
      this.project.removeScript('publish');
    }
  }

  override postSynthesize(): void {
    const { status } = spawnSync(`npx ${this.command}`, { cwd: this.project.outdir, shell: true, stdio: 'inherit' });
    if (status !== 0) {
      throw new Error(`${this.command} failed with status ${status}: mend what it says and run npx projen again`);
    }
  }
}
