let work: (() => void) | undefined;

/** What is done after each image that a synthesis renders; whoever owns the process can see to its memory there. */
export function afterEachImage(given: (() => void) | undefined): void {
  work = given;
}

/** Tells that an image is rendered and judged. */
export function imageIsDone(): void {
  work?.();
}
