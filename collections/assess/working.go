package assess

// Working is how an amount came about.
type Working struct{}

type scratch struct{}
