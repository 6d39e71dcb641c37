-- CreateEnum
CREATE TYPE "RoomState" AS ENUM ('OPEN', 'CLOSED');

-- CreateEnum
CREATE TYPE "Recovery" AS ENUM ('AUTOMATIC', 'APPLICATION');

-- CreateTable
CREATE TABLE "Room" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "RoomState" NOT NULL DEFAULT 'OPEN',
    "recovery" "Recovery" NOT NULL DEFAULT 'AUTOMATIC',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Room_slug_key" ON "Room"("slug");

-- CreateIndex
CREATE INDEX "Room_createdAt_idx" ON "Room"("createdAt" DESC);
