-- Seconds that the readings of a rollup speak for: their number says little once a point's rhythm has changed.
alter table cloud_rollup add column covered double precision not null default 0;
