"""How long things take: charts and panels that are made when they are first asked for."""
