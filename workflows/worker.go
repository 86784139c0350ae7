package workflows

import (
	"context"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// NewWorker returns a worker for TaskQueue that runs this package's workflows
// and the given activities. Cancelling ctx cancels the activities that run; the
// server then gives them to another worker, or to this one when it is back.
func NewWorker(ctx context.Context, c client.Client, a *Activities) worker.Worker {
	w := worker.New(c, TaskQueue, worker.Options{
		BackgroundActivityContext:          ctx,
		MaxConcurrentActivityExecutionSize: 4,
		WorkerStopTimeout:                  10 * time.Second,
	})
	w.RegisterWorkflow(CollectionDay)
	w.RegisterWorkflow(ParallelRun)
	w.RegisterActivity(a)
	return w
}
