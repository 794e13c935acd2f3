import { type Actor, definePermissions, requirePermission } from '@millwright/kernel';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type App, signedInActor } from './app.ts';

definePermissions({ 'system.metrics.read': ['engineer', 'auditor'] });

/** Prometheus metrics of this server; modules add theirs to `registry`. */
export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'millwright_' });
  }

  /** A number that only rises. Name in Prometheus' style: `readings_total`. */
  counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name: `millwright_${name}`, help, labelNames, registers: [this.registry] });
  }

  /** A number read at the time of asking. */
  gauge(name: string, help: string, read: () => number): Gauge {
    return new Gauge({
      name: `millwright_${name}`,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}

/** `/api/metrics` for Prometheus: with a token of scope system.metrics.read, or for everyone when `publicMetrics` is set. */
export function metricsRoutes(app: App, metrics: Metrics, isPublic: boolean): void {
  app.get('/api/metrics', { config: { public: isPublic }, schema: { hide: true } }, async (request, reply) => {
    if (!isPublic) {
      const actor: Actor = signedInActor(request);
      requirePermission(actor, 'system.metrics.read');
    }
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
}
