import type { Host } from '@millwright/kernel';
import type { AlertService } from '../alerts/service.ts';
import type { PlantService } from '../plant/service.ts';
import { orderRoutes } from './routes.ts';
import { WorkOrderService } from './service.ts';

/** How soon after its time an order is said to be overdue. */
const lookEveryMs = 30_000;

/** Builds what keeps work orders and hangs its routes in. `goLive` lets it say which become overdue. */
export function startOrders(host: Host, parts: { alerts: AlertService; plant: PlantService }) {
  const { db, ledger, clock, blobs, access, logger } = host;
  const orders = new WorkOrderService({ db, ledger, clock, blobs, access, ...parts });
  orderRoutes(host.http, orders);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const look = () => {
    running = orders
      .tellOverdue()
      .catch((error: unknown) =>
        logger.error({ err: error }, 'overdue work orders were not told of; it will be tried again'),
      )
      .finally(() => {
        if (timer) timer = setTimeout(look, lookEveryMs).unref();
      });
  };
  return {
    orders,
    goLive() {
      timer = setTimeout(look, lookEveryMs).unref();
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await running;
    },
  };
}
