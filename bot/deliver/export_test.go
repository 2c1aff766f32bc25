package deliver

// Ended is closed when the worker begins nothing new.
func (w *Worker) Ended() <-chan struct{} { return w.ended }
