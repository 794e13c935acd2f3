import type { Host } from '@millwright/kernel';
import { AlertLoop } from './alert-loop.ts';
import { alertRoutes } from './routes.ts';
import { AlertService } from './service.ts';

/** Builds what sends alerts and hangs its routes in. `goLive` lets it send. */
export function startAlerts(host: Host) {
  const { db, ledger, clock, config, bus, blobs, logger } = host;
  const alerts = new AlertService({ db, ledger, clock, config, bus, blobs, logger });
  const loop = new AlertLoop({ alerts, clock, logger });
  const sent = host.metrics.counter('alert_sends_total', 'Attempts to send an alert, by what came of them.', [
    ...['kind', 'outcome'],
  ]);
  alerts.dispatcher.onSent = ({ kind }, outcome) => sent.inc({ kind, outcome });
  alertRoutes(host.http, alerts);
  return { alerts, goLive: () => loop.start(), stop: () => loop.stop() };
}
