import type { LogLevel } from '@millwright/kernel';
import type { CardInput } from '../card/input.ts';
import type { NetworkPort } from '../detection/network-port.ts';
import type { Detection, ImageInput } from '../detector.ts';
import type { DetectorOptions } from '../open-detector.ts';
import type { Isolation } from './isolation.ts';

/** What a worker is started with. It is a process where `isolation` is given, else a thread. */
export interface WorkerStart {
  readonly options: Omit<DetectorOptions, 'logger'>;
  readonly logLevel: LogLevel | undefined;
  readonly isolation?: Isolation;
  /** `model` is an ONNX file without a card, of which only the inputs and outputs are wanted. */
  readonly describe?: boolean;
}

export interface DetectOptions {
  readonly threshold?: number;
  readonly give?: boolean;
  readonly labels?: readonly string[];
}

export type ToWorker =
  | { readonly kind: 'detect'; readonly pictures: readonly ImageInput[]; readonly options: DetectOptions }
  | { readonly kind: 'close' };

/** An error of the product as it crosses to another thread. */
export interface ErrorFacts {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly details: Record<string, unknown>;
}

/** What an ONNX file says of itself. */
export interface DescribedNetwork {
  readonly sha256: string;
  readonly inputs: readonly NetworkPort[];
  readonly outputs: readonly NetworkPort[];
}

export interface DetectorFacts {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly provider: string;
  readonly labels: readonly string[];
  readonly threshold: number;
  readonly input: CardInput;
  readonly longSide: number | undefined;
  readonly inputs: readonly NetworkPort[];
  readonly outputs: readonly NetworkPort[];
}

export type FromWorker =
  | { readonly kind: 'opened'; readonly facts: DetectorFacts }
  | { readonly kind: 'described'; readonly network: DescribedNetwork }
  /** `ms`: what the run took, without the way there and back. */
  | { readonly kind: 'found'; readonly detections: Detection[][]; readonly ms: number }
  | { readonly kind: 'failed'; readonly error: ErrorFacts }
  | { readonly kind: 'closed' };
