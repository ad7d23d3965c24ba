import type { Construct } from 'constructs';
import { ImagePart, type CronJobProps } from '../image';

/** A command that runs at given times; its name is the id of the construct. */
export class CronJob extends ImagePart {
  constructor(scope: Construct, id: string, props: Omit<CronJobProps, 'name'>) {
    super(scope, id);
    this.addCronJob({ ...props, name: id });
  }
}
