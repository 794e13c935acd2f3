import type { Host } from '@millwright/kernel';
import type { BrokerClientService } from '../broker/service.ts';
import { EdgeAsks } from './asks.ts';
import { BlobIntake } from './blob-intake.ts';
import { boxRoutes } from './box-routes.ts';
import { EdgeBoxService, edgeTokenPrefix } from './box-service.ts';
import { BoxSignals } from './box-signals.ts';
import { BrokerLink } from './broker-link.ts';
import { DesiredService } from './desired-service.ts';
import { EdgeParts } from './edge-parts.ts';
import { ExchangeService } from './exchange-service.ts';
import { fleetRoutes } from './fleet-routes.ts';
import { FleetService } from './fleet-service.ts';
import { RolloutService } from './rollout-service.ts';
import { UplinkService } from './uplink-service.ts';

const rolloutIntervalMs = 5_000;
const tidyIntervalMs = 6 * 3_600_000;

/** The edge fleet of a host: services, routes, and what lives by itself. */
export function startEdge(host: Host, brokerClients: BrokerClientService) {
  const { db, ledger, clock, blobs, config, logger, http: app, folder } = host;
  const edgeParts = new EdgeParts();
  const signals = new BoxSignals();
  const boxes = new EdgeBoxService({ db, ledger, clock, signals });
  const desired = new DesiredService({ boxes, edgeParts, db, ledger, clock, signals });
  const uplink = new UplinkService({ db, clock, config, edgeParts, logger });
  const asks = new EdgeAsks(signals);
  const exchange = new ExchangeService({ db, ledger, clock, boxes, desired, edgeParts, asks, signals, logger });
  const rollouts = new RolloutService({ db, ledger, clock, logger, boxes, desired });
  const fleet = new FleetService({ db, ledger, clock, boxes, desired, uplink });
  const intake = new BlobIntake({ db, blobs, clock, folder });
  const link = new BrokerLink({ boxes, uplink, signals, others: brokerClients, logger });
  host.access.acceptTokens(edgeTokenPrefix, (secret) => boxes.actorOfToken(secret));
  boxRoutes(app, { boxes, exchange, uplink, desired, intake, blobs });
  fleetRoutes(app, { boxes, fleet, exchange, desired, rollouts });

  const timers: NodeJS.Timeout[] = [];
  let unsubscribe: (() => Promise<void>) | undefined;
  const failed = (what: string) => (error: unknown) => logger.error({ err: error }, what);
  return {
    ...{ edgeParts, boxes, rollouts, asks },
    /** Who may come to the broker: boxes, and whom `brokerClients` knows. */
    brokerAccess: link,
    async goLive() {
      exchange.mqttPort = config.mqttUrl ? null : Number(new URL(host.bus.url).port);
      unsubscribe = await link.listen(host.bus);
      await rollouts.repair();
      const advance = () => rollouts.advance().catch(failed('rollouts did not go on'));
      exchange.onReport = advance;
      timers.push(setInterval(advance, rolloutIntervalMs).unref());
      const tidy = () =>
        Promise.all([exchange.forgetOld(), intake.removeAbandoned()]).catch(failed('edge was not tidied up'));
      timers.push(setInterval(tidy, tidyIntervalMs).unref());
      await tidy();
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await unsubscribe?.();
    },
  };
}
