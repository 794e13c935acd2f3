import onvif from 'onvif';
import { z } from 'zod';

/** A camera that answered on the network. Nothing of it is proven yet: anybody on the network can answer. */
export interface DiscoveredCamera {
  /** Its own lasting name, `urn:uuid:…`. */
  readonly id: string;
  readonly name: string;
  readonly hardware: string;
  /** Where it is asked for its streams; for `readOnvifCamera`. */
  readonly address: string;
}

export interface DiscoveryOptions {
  /** How long answers are waited for. Default 5,000. */
  readonly timeoutMs?: number;
  /** Network interface, e.g. `eth0`. Default: that of the default route. */
  readonly networkInterface?: string;
}

const answerSchema = z.object({
  probeMatches: z.object({
    probeMatch: z.object({
      endpointReference: z.object({ address: z.string() }),
      scopes: z.union([z.string(), z.object({ _: z.string() })]).optional(),
      XAddrs: z.string(),
    }),
  }),
});

// The library emits what it cannot read as an `error` of the whole discovery; nobody's broken answer may end ours.
onvif.Discovery.on('error', () => undefined);

/** Asks the network for cameras (WS-Discovery), and resolves with those that answered in time, by name. */
export async function discoverCameras(options: DiscoveryOptions = {}): Promise<DiscoveredCamera[]> {
  const { timeoutMs = 5000, networkInterface } = options;
  const answers = await new Promise<readonly unknown[]>((resolve) => {
    const wish = { timeout: timeoutMs, resolve: false, ...(networkInterface ? { device: networkInterface } : {}) };
    onvif.Discovery.probe(wish, (_, devices) => resolve(devices ?? []));
  });
  return answers.flatMap(readAnswer).sort((a, b) => a.name.localeCompare(b.name));
}

function readAnswer(answer: unknown): DiscoveredCamera[] {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return [];
  const { endpointReference, scopes, XAddrs } = parsed.data.probeMatches.probeMatch;
  const address = XAddrs.split(/\s+/).find((each) => URL.canParse(each) && /^https?:/.test(each));
  if (!address) return [];
  const text = typeof scopes === 'string' ? scopes : (scopes?._ ?? '');
  const scope = (name: string) => {
    const found = new RegExp(`onvif://www\\.onvif\\.org/${name}/(\\S+)`).exec(text)?.[1] ?? '';
    return found.replaceAll(/%[0-9a-f]{2}/gi, (code) => decodeByte(code));
  };
  return [{ id: endpointReference.address, name: scope('name'), hardware: scope('hardware'), address }];
}

const decodeByte = (code: string): string => String.fromCharCode(Number.parseInt(code.slice(1), 16));
