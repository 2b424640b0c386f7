CREATE TABLE "self_drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"answers" jsonb NOT NULL,
	"answered" jsonb NOT NULL,
	"receipt" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "self_drafts_expires" ON "self_drafts" USING btree ("expires_at");