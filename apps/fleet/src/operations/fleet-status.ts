/** Where this fleet stands in its life. */
export class FleetStatus {
  isLeaving = false;
}
