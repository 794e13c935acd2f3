import type { HandshakeSettings } from './handshake-settings.ts';
import type { StationTalk } from './station-talk.ts';

/** A way in which the line reads and sets the signals of stations. */
export interface LineProtocol {
  /** The stations that talk now; called again whenever one comes, goes, or is set up anew. */
  serve(talks: readonly StationTalk[]): Promise<void>;
  /** The station shows something else; left out where whoever reads gets what is so at that moment. */
  changed?(talk: StationTalk): void;
  /** Why a station that wants it cannot be spoken to; null: it can, or does not want it; undefined: that is not known yet. */
  problem(settings: HandshakeSettings, stationId: string): string | null | undefined;
  close(): Promise<void>;
}
