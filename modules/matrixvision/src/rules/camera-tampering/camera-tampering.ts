import { z } from 'zod';
import type { CameraHealth, Observation } from '../../observation.ts';
import { commonFields, dwell } from '../common-settings.ts';
import { type Finding, type Rule, ruleKind } from '../rule.ts';

const states = ['frozen', 'black', 'covered', 'turned', 'defocused', 'no-signal'] as const satisfies CameraHealth[];

const settingsSchema = z.strictObject({
  kind: z.literal('camera-tampering'),
  ...commonFields,
  severity: commonFields.severity.default('alarm'),
  dwell: dwell(5),
  states: z
    .array(z.enum(states))
    .min(1)
    .default([...states])
    .describe('What of a camera is told'),
});
type Settings = z.output<typeof settingsSchema>;

export const cameraTampering = ruleKind<Settings>({
  kind: 'camera-tampering',
  summary: 'A camera that is covered, turned away, out of focus, black, frozen or without a signal.',
  schema: settingsSchema,
  ofCamera: true,
  example: { id: 'camera', kind: 'camera-tampering', dwell: 3 },
  start: (settings) => new CameraTamperingRule(settings),
});

class CameraTamperingRule implements Rule {
  readonly #settings: Settings;
  #state: CameraHealth | undefined;
  #since = 0;
  #told = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  observe({ time: at, health }: Observation): Finding[] {
    const wanted: readonly CameraHealth[] = this.#settings.states;
    if (!health || !wanted.includes(health)) return this.finish();
    if (health !== this.#state) {
      this.#state = health;
      this.#since = at;
      this.#told = false;
    }
    if (this.#told || at - this.#since < this.#settings.dwell * 1000) return [];
    this.#told = true;
    const values = { health, seconds: (at - this.#since) / 1000 };
    return [{ at, since: this.#since, tracks: [], values, doubts: [] }];
  }

  finish(): Finding[] {
    this.#state = undefined;
    this.#told = false;
    return [];
  }

  remembered(): number {
    return 0;
  }
}
