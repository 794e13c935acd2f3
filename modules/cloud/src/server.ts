/** Door 2 of cloud: the module itself and its services, for the server and for modules that may use them. */
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';
import type { AlertService } from './alerts/service.ts';
import { startAlerts } from './alerts/start-alerts.ts';
import { brokerRoutes } from './broker/routes.ts';
import { BrokerClientService } from './broker/service.ts';
import { deliveryRoutes } from './delivery/routes.ts';
import { DeliveryService } from './delivery/service.ts';
import type { EdgeAsks } from './edge/asks.ts';
import type { EdgeBoxService } from './edge/box-service.ts';
import type { EdgeParts } from './edge/edge-parts.ts';
import type { RolloutService } from './edge/rollout-service.ts';
import { startEdge } from './edge/start-edge.ts';
import { importRoutes } from './imports/routes.ts';
import { ImportService } from './imports/service.ts';
import { measurementsInput } from './measurements/evidence-input.ts';
import { measurementRoutes } from './measurements/routes.ts';
import { MeasurementService } from './measurements/service.ts';
import { MeasurementStore } from './measurements/store.ts';
import { modelRoutes } from './models/routes.ts';
import { ModelService } from './models/service.ts';
import { plantRoutes } from './plant/routes.ts';
import { PlantService } from './plant/service.ts';
import { PointRepository } from './points/repository.ts';
import { pointRoutes } from './points/routes.ts';
import { PointService } from './points/service.ts';
import { certificateRoutes } from './sources/certificate-routes.ts';
import { pushRoutes } from './sources/push-routes.ts';
import { registerMapRoutes } from './sources/register-map-routes.ts';
import { sourceRoutes } from './sources/routes.ts';
import { ConnectorRuntime } from './sources/runtime.ts';
import { SourceService } from './sources/service.ts';
import { structureRoutes } from './structure/routes.ts';
import { StructureService } from './structure/service.ts';
import type { WorkOrderService } from './work-orders/service.ts';
import { startOrders } from './work-orders/start-orders.ts';

export type { Attention } from './alerts/attention.ts';
export type { AlertService } from './alerts/service.ts';
export type { EdgeAsks } from './edge/asks.ts';
export type { EdgeBox, EdgeBoxService } from './edge/box-service.ts';
export type { EdgeBoxFacts, EdgePartServer, EdgeParts, ReceivedEdgeMessage } from './edge/edge-parts.ts';
export type { MeasurementsReference } from './measurements/evidence-input.ts';
export type { Series } from './measurements/measurement-repository.ts';
export type { LatestValue, MeasurementService, TotalBucket } from './measurements/service.ts';
export type { MeasurementStore, StoredColumns } from './measurements/store.ts';
export type { ModelSource } from './models/model-source.ts';
export type { Model, ModelVersion, ModelVersionInput } from './models/schemas.ts';
export type { ModelService } from './models/service.ts';
export type { PlantNode, PlantService } from './plant/service.ts';
export type { Point, PointInput, PointService } from './points/service.ts';
export type { Source, SourceService } from './sources/service.ts';
export { convertUnit, isUnit } from './units/units.ts';
export type { WorkOrderInput } from './work-orders/order-input.ts';
export type { OrderFollower, WorkOrderService } from './work-orders/service.ts';
export type { WorkOrder } from './work-orders/work-order.ts';

/** What other modules may use of cloud. */
export interface CloudServices {
  readonly plant: PlantService;
  readonly sources: SourceService;
  readonly points: PointService;
  readonly measurements: MeasurementService;
  readonly delivery: DeliveryService;
  readonly imports: ImportService;
  readonly brokerClients: BrokerClientService;
  /** Asks people and other systems for attention: `alerts.raise` inside the transaction that writes what happened. */
  readonly alerts: AlertService;
  /** What somebody does about something: `orders.create`, and `orders.follow` to hear what became of it. */
  readonly orders: WorkOrderService;
  /** For modules with a half on edge boxes: register it in `start`. */
  readonly edgeParts: EdgeParts;
  readonly edgeBoxes: EdgeBoxService;
  /** Questions to the half of a module on a box. */
  readonly edgeAsks: EdgeAsks;
  readonly edgeRollouts: RolloutService;
  /** The registry: versions of what was learnt, their stage, which one is live and which runs as its shadow. */
  readonly models: ModelService;
  /** For what writes readings itself (simulator, edge). */
  readonly store: MeasurementStore;
}

const retentionIntervalMs = 6 * 3_600_000;
const firstRetentionMs = 60_000;

export const cloudModule: Module<CloudServices> = {
  name: 'cloud',
  needs: [],
  migrations: new URL('../migrations/', import.meta.url),
  async start(host: Host) {
    const { db, ledger, clock, events, blobs, jobs, http: app, live, config, logger } = host;
    const plant = new PlantService({ db, ledger, clock });
    const sources = new SourceService({ db, ledger, clock, events });
    const points = new PointService({ db, ledger, clock, events });
    const store = new MeasurementStore({ db, clock, config, logger });
    const measurements = new MeasurementService({ db, store, points });
    const delivery = new DeliveryService({ store, sources, points, clock });
    const imports = new ImportService({ db, blobs, jobs, ledger, clock, plant, sources, points, store });
    const brokerClients = new BrokerClientService({ db, ledger, clock });
    const models = new ModelService({ db, blobs, ledger, clock, plant });
    const edge = startEdge(host, brokerClients);
    const alerts = startAlerts(host);
    const orders = startOrders(host, { alerts: alerts.alerts, plant });
    const runtime = new ConnectorRuntime(host, { sources, points, store });
    let retention: NodeJS.Timeout | undefined;
    let firstRetention: NodeJS.Timeout | undefined;

    ledger.registerInput(measurementsInput({ measurements: store.repository, points: new PointRepository(db), blobs }));
    events.on('points-change', ({ sourceId }) => store.cache.forget(sourceId));
    live.define('point', async (actor, topic) => {
      await points.point(actor, topic.slice('point:'.length));
    });
    live.define('source', async (actor, topic) => {
      await sources.source(actor, topic.slice('source:'.length));
    });
    store.onStored(
      () => live.hasAny('point'),
      (stored) => {
        for (const { point, time, value, quality } of stored)
          live.publish(`point:${point.id}`, { time, value, quality });
      },
    );
    const readings = host.metrics.counter('readings_total', 'Readings by what became of them.', ['outcome']);
    store.onReceipt(({ stored, duplicate, rejected }) => {
      readings.inc({ outcome: 'stored' }, stored);
      readings.inc({ outcome: 'duplicate' }, duplicate);
      readings.inc({ outcome: 'rejected' }, rejected);
    });
    plantRoutes(app, plant);
    sourceRoutes(app, sources, runtime);
    pointRoutes(app, points, sources);
    measurementRoutes(app, measurements);
    deliveryRoutes(app, delivery);
    importRoutes(app, imports);
    brokerRoutes(app, brokerClients);
    pushRoutes(app, { sources, points, store });
    certificateRoutes(app, { sources, runtime, ledger });
    registerMapRoutes(app);
    modelRoutes(app, models);
    structureRoutes(app, new StructureService({ db, blobs, ledger, plant, sources, points }));

    // A killed server leaves marks of what was summed only in memory; every start, one-off commands included, mends it first.
    // A worker starts beside a server, whose marks are no sign of a kill.
    if (host.mode !== 'worker') await store.rollups.repair();
    return {
      services: {
        plant,
        sources,
        points,
        measurements,
        delivery,
        imports,
        brokerClients,
        alerts: alerts.alerts,
        orders: orders.orders,
        edgeParts: edge.edgeParts,
        edgeBoxes: edge.boxes,
        edgeAsks: edge.asks,
        edgeRollouts: edge.rollouts,
        models,
        store,
      },
      async goLive() {
        host.brokerAccess.use(edge.brokerAccess, (denial) => {
          brokerClients
            .denied(denial)
            .catch((error: unknown) => logger.error({ err: error }, 'a refusal was not written down'));
        });
        store.rollups.start();
        await runtime.start();
        await edge.goLive();
        alerts.goLive();
        orders.goLive();
        const applyRetention = () =>
          store.repository.applyRetention(clock.now()).then(
            (removed) => removed > 0 && logger.info({ removed }, 'readings past their retention were removed'),
            (error: unknown) => logger.error({ err: error }, 'retention failed; it will be tried again'),
          );
        // Also soon after the start: a server that is stopped every evening would never come to the first interval.
        firstRetention = setTimeout(applyRetention, firstRetentionMs).unref();
        retention = setInterval(applyRetention, retentionIntervalMs).unref();
      },
      async stop() {
        clearTimeout(firstRetention);
        clearInterval(retention);
        await orders.stop();
        await alerts.stop();
        await edge.stop();
        await runtime.stop();
        await store.rollups.stop();
      },
    };
  },
};
