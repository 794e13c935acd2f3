import type { AddedCamera, CameraServer } from '../lib/camera-server.ts';
import { childrenOf } from '../lib/child-processes.ts';
import { processUsage, proportionalMb } from '../lib/process-usage.ts';

/** What one look at the running cameras says. Processor time is in seconds since each process began. */
export interface Sample {
  /** Since the measurement began. */
  readonly seconds: number;
  readonly cameras: readonly AddedCamera[];
  readonly server: Usage;
  readonly decoders: Usage & { readonly processes: number };
  readonly load: Usage;
}

interface Usage {
  readonly cpuSeconds: number;
  readonly residentMb: number;
  /** Memory that several have in common counted once; undefined where the system does not say. */
  readonly proportionalMb: number | undefined;
}

/** Looks at the server, at the processes it starts, and at the RTSP server. */
export class Sampler {
  #cameras: CameraServer;
  #loadPid: number;
  #begun = performance.now();
  /** Of decoders, by process: those of clips come and go. */
  #childSeconds = new Map<number, number>();

  constructor(cameras: CameraServer, loadPid: number) {
    this.#cameras = cameras;
    this.#loadPid = loadPid;
  }

  async take(): Promise<Sample> {
    const { server } = this.#cameras;
    const cameras = await this.#cameras.cameras();
    const pids = childrenOf(server.pid);
    for (const pid of pids) {
      const seconds = processUsage(pid)?.cpuSeconds;
      if (seconds !== undefined) this.#childSeconds.set(pid, seconds);
    }
    // One that has just ended has no memory any more.
    const decoders = pids.map(usageOf).filter(({ residentMb }) => residentMb > 0);
    const shares = decoders.flatMap((usage) => usage.proportionalMb ?? []);
    return {
      seconds: (performance.now() - this.#begun) / 1000,
      cameras,
      server: usageOf(server.pid),
      decoders: {
        processes: decoders.length,
        // What a process that ended used after the last look is missing.
        cpuSeconds: [...this.#childSeconds.values()].reduce((sum, seconds) => sum + seconds, 0),
        residentMb: decoders.reduce((sum, { residentMb }) => sum + residentMb, 0),
        proportionalMb: shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0),
      },
      load: usageOf(this.#loadPid),
    };
  }
}

function usageOf(pid: number): Usage {
  const { cpuSeconds, residentMb } = processUsage(pid) ?? { cpuSeconds: 0, residentMb: 0 };
  return { cpuSeconds, residentMb, proportionalMb: proportionalMb(pid) };
}
