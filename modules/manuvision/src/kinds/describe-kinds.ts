import { z } from 'zod';
import { inspectionKind, kindNames } from './registry.ts';

export interface DescribedKind {
  readonly name: string;
  readonly learns: boolean;
  /** JSON schema of its settings. */
  readonly settings: Record<string, unknown>;
}

/** What each kind of inspection can be told. */
export const describeKinds = (): Promise<DescribedKind[]> =>
  Promise.all(
    kindNames().map(async (name) => {
      const { learns, settings } = await inspectionKind(name);
      return { name, learns, settings: z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) };
    }),
  );
